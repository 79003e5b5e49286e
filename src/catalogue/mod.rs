//! What an article is about: publication date, towns, sections, kind, people. Pure; place and section lists are data.
