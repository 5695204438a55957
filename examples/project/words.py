#!/usr/bin/env python3
"""words.py FILE: the words that are most often in it, and on which machine they were counted."""

import collections
import re
import socket
import sys

with open(sys.argv[1], encoding="utf-8") as file:
    words = re.findall(r"[a-z]+", file.read().lower())
for word, count in collections.Counter(words).most_common(3):
    print(count, word)
print("counted on", socket.gethostname())
