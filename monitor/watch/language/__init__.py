"""What users write: rules, lists, entities and offices read from TOML and checked."""
