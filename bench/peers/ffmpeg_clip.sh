#!/bin/sh
# The limit for a clip: the ffmpeg program with a crop that never moves, x264 "veryfast".
# usage: ffmpeg_clip.sh VIDEO START END OUT.mp4   (times in seconds)
set -eu
crop='crop=trunc(ih*9/16/2)*2:ih,scale=1080:1920:flags=bicubic'
exec ffmpeg -hide_banner -loglevel error -y -ss "$2" -to "$3" -i "$1" -vf "$crop" \
  -c:v libx264 -preset veryfast -crf 20 -pix_fmt yuv420p -c:a aac -b:a 128k -movflags +faststart "$4"
