"""The replay: what stands on a page of the documentation, done as a reader would do it.

lexer.py      finds the fences of a page, in every spelling that pymdownx.superfences reads
page.py       one page: a folder of its own, its blocks in order, one result a block
checkers/     what is done with a block, one language (or family of languages) a file
levels.py     build/blocks.json: how far each block was checked
census.py     the code blocks of the built site, to be held against the blocks that were checked
mutate.py     deletes lines one at a time and sees whether a page or a test notices
"""
