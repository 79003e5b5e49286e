#!/bin/sh
# Make the four bundled fonts from Debian's package fonts-noto-cjk. README.md beside this file tells why and from what.
#
# usage: fonts/make.sh [FOLDER with NotoSansCJK-Regular.ttc …]
#
# Needs python3 with fontTools (Debian: python3-fonttools). With the Python packages `typst` and `pymupdf` it also prints
# every Han character to a PDF and demands ink for each.
set -eu
cd "$(dirname "$0")"
source="${1:-/usr/share/fonts/opentype/noto}"
python="${PYTHON:-python3}"
simplified=2   # 0 JP, 1 KR, 2 SC, 3 TC, 4 HK

for face in Sans Serif; do
    for style in Regular Bold; do
        "$python" cut.py "$source/Noto${face}CJK-$style.ttc" "$simplified" "Noto $face SC" "$style" "Noto${face}SC-$style.otf"
    done
done
ls -l ./*.otf
"$python" prove.py ./*.otf
