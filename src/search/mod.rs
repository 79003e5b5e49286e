//! What was typed becomes a query, tokens, highlights and an explanation. Pure.
