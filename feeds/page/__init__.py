"""The pages people listen on."""
