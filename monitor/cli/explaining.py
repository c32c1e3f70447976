"""`monitor explain` on the terminal: each rule, each block, the sentence with the words marked."""
