"""Install models: download or take a file, check it, unpack it in a temporary folder, and move that into place."""
