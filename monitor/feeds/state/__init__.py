"""A feed over time: how to ask, what an answer means, when to ask again, whether it is well."""
