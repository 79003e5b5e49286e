//! Files, folders and zips become dumps, and dumps become filed pages. No SQL.
