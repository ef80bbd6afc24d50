#!/bin/sh
# Checks, joins and unpacks the releases on drives that Fieldlift wrote.
# Needs a POSIX shell, coreutils (or shasum for its sha256sum), sed, grep, find and a tar that knows
# gzip, or busybox for all of them; no Fieldlift, no Java. Reads the drives only.
set -u
LC_ALL=C
export LC_ALL
tab=$(printf '\t')
newline='
'

usage() {
  cat <<'TEXT'
Usage: sh import.sh [-o FOLDER] [--key FILE] [OTHER_DRIVE...]

Checks the releases on this drive and unpacks them.
If a release lies on several drives, plug in all of them and name the folders
where the others appear, in any order.

  -o FOLDER    where to unpack: a new or empty folder. It becomes the release, or
               gets a folder for each if there are several. If left out, each
               gets a folder in the folder fieldlift in your home
  --key FILE   public key of whoever signs the releases; checked with cosign
  -h, --help   this text

Ends with 0 (done), 1 (failed), 2 (wrong usage), 3 (not genuine), 4 (drive fault).
TEXT
}

say() { printf '%s\n' "$*"; }

# fail CODE WHAT NEXT
fail() {
  printf '\n%s\n%s\n' "$2" "$3" >&2
  exit "$1"
}

# The sum lines on the input hold.
sums_hold() {
  if command -v sha256sum >/dev/null 2>&1; then
    sha256sum -c >/dev/null 2>&1
  else
    shasum -a 256 -c >/dev/null 2>&1
  fi
}

# file_is SUM FILE
file_is() { [ -f "$2" ] && printf '%s  %s\n' "$1" "$2" | sums_hold; }

# sum_of FILE
sum_of() {
  if command -v sha256sum >/dev/null 2>&1; then sha256sum <"$1"; else shasum -a 256 <"$1"; fi | cut -d' ' -f1
}

# same FILE FILE: also false when a program is missing.
same() { file_is "$(sum_of "$1")" "$2"; }

is_sum() { printf '%s\n' "$1" | grep -qx '[0-9a-f]\{64\}'; }

# head_of FILE: its first fields on one line, without spaces around the colons.
head_of() {
  { head -c 65536 "$1" | tr -d '\n\r\t' && echo; } | sed 's/" *: */":/g; s/, */,/g; s/\[ */[/g; s/^{ */{/'
}

# word FILE NAME: a text among the first fields, with nothing in it that a terminal would obey.
word() {
  head_of "$1" | sed -n 's/^\({[^[{]*"'"$2"'":"\)\([^"]*\)".*/\2/p' | tr -cd 'A-Za-z0-9._/+@ -'
}

out=
key=
here=$(CDPATH='' cd -P -- "$(dirname -- "$0")" && pwd -P) || exit 1

while [ $# -gt 0 ]; do
  case $1 in
    -o | --key)
      [ $# -ge 2 ] || fail 2 "$1 needs a name after it." "See: sh import.sh --help"
      if [ "$1" = -o ]; then out=$2; else key=$2; fi
      shift 2
      ;;
    -h | --help)
      usage
      exit 0
      ;;
    --)
      shift
      break
      ;;
    -*) fail 2 "There is no option $1." "See: sh import.sh --help" ;;
    *) break ;;
  esac
done

# From here on the positional parameters are the drives, by their true paths.
[ -d "$here/FIELDLIFT" ] && set -- "$@" "$here"
[ $# -gt 0 ] || fail 2 "$here is no drive of Fieldlift's." "Name the folders where the drives appear."
count=$#
while [ "$count" -gt 0 ]; do
  drive=$(CDPATH='' cd -P -- "$1" 2>/dev/null && pwd -P) || fail 2 "There is no folder $1." "Name the folders where the drives appear."
  [ -f "$drive/FIELDLIFT/drive.json" ] || fail 4 "$1 is not a drive Fieldlift wrote, or writing it never ended." "Take another drive, or have this one written again."
  shift
  set -- "$@" "$drive"
  count=$((count - 1))
done
[ -z "$key" ] || [ -f "$key" ] || fail 2 "There is no key file $key." "Name the file of the public key, like lab-2026.pub."

# The releases on all drives, each once; ids have no spaces.
ids=
releases=0
for drive in "$@"; do
  for release in "$drive"/FIELDLIFT/releases/*; do
    id=${release##*/}
    is_sum "$id" || continue
    [ -f "$release/SHA256SUMS" ] || continue
    case $ids in *"$id"*) continue ;; esac
    ids="$ids $id"
    releases=$((releases + 1))
  done
done

# Folders are made in $base; the only release gets the given name there.
only=
if [ -n "$out" ] && [ "$releases" -eq 1 ]; then
  base=$(dirname -- "$out")
  only=$(basename -- "$out")
else
  base=${out:-${HOME:-/tmp}/fieldlift}
fi
probe=$base
while [ ! -d "$probe" ]; do probe=$(dirname -- "$probe"); done
probe=$(CDPATH='' cd -P -- "$probe" && pwd -P)
for drive in "$@"; do
  case $probe/ in
    "$drive"/*) fail 2 "$base is on a drive, and drives are only read." "Choose a folder of this computer with -o." ;;
  esac
done
[ -z "$only" ] || [ -z "$(ls -A -- "$out" 2>/dev/null)" ] || fail 1 "$out exists already." "Move it away, or choose another folder with -o."
mkdir -p -- "$base" 2>/dev/null
base=$(CDPATH='' cd -P -- "$base" 2>/dev/null && pwd -P) || fail 1 "The folder $base cannot be made." "Choose another one with -o."
work=$base/.fieldlift-import.$$
mkdir -m 700 -- "$work" || fail 1 "Nothing can be written to $base." "Choose another folder with -o."
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# place DRIVE: its number, how many the set has, and its code, on one line.
place() {
  head_of "$1/FIELDLIFT/drive.json" |
    sed -n 's/^{[^[{]*"code":"\([A-Z0-9-]*\)",[^[{]*"number":\([0-9]\{1,3\}\),"of":\([0-9]\{1,3\}\).*/\2 \3 \1/p'
}

# Says which drives of the set are not here, or nothing when the drives do not tell.
absent() {
  for drive in "$@"; do place "$drive"; done >"$work/places"
  read -r number of code <"$work/places" || return 0
  codes=$(head_of "$1/FIELDLIFT/drive.json" | sed -n 's/^[^[]*"codes":\[\([A-Z0-9", -]*\)\].*/\1/p' | tr -d '" ')
  number=1
  while [ "$number" -le "$of" ]; do
    code=$(printf '%s' "$codes" | cut -d, -f"$number")
    grep -q "^$number " "$work/places" || printf 'Drive %s of %s%s is missing. ' "$number" "$of" "${code:+ ($code)}"
    number=$((number + 1))
  done
}

# find_piece NAME DRIVE...: where it lies.
find_piece() {
  name=$1
  shift
  for drive in "$@"; do
    if [ -f "$drive/FIELDLIFT/pieces/$name" ] && [ ! -L "$drive/FIELDLIFT/pieces/$name" ]; then
      printf '%s\n' "$drive/FIELDLIFT/pieces/$name"
      return 0
    fi
  done
  return 1
}

# Checks every piece and writes their paths in archive order.
check_pieces() {
  sums=$1
  shift
  total=$(grep -c . "$sums")
  [ "$total" -gt 0 ] || fail 4 "$sums is empty." "Have this drive written again."
  piece=0
  : >"$work/pieces"
  while read -r sum name; do
    piece=$((piece + 1))
    name=${name##*/}
    if ! is_sum "$sum" || ! printf '%s\n' "$name" | grep -qx '[0-9a-f]\{64\}\.[0-9]\{3\}'; then
      fail 4 "Line $piece of $sums is damaged." "Have this drive written again."
    fi
    file=$(find_piece "$name" "$@") || fail 4 "Piece $piece of $total is not on the drives that are here." "$(absent "$@")Plug in all drives of the set and name each, or have them written again."
    file_is "$sum" "$file" || fail 4 "Piece $piece of $total is damaged: $file" "Have this drive written again; the others are not at fault."
    printf '%s\n' "$file" >>"$work/pieces"
    say "  piece $piece of $total is good"
  done <"$sums"
}

join_pieces() {
  while read -r file; do
    cat -- "$file" || : >"$work/torn"
  done <"$work/pieces"
}

# entries FILE: what a release.json lists, as Fieldlift writes it: type, mode, path, and sum or
# target, with tabs between and JSON's escapes in them. A line of another form is none of these.
entries() {
  sed -n '
    /^  "entries" : \[ {$/,/^  } \],\{0,1\}$/{
      /^  "entries" : \[ {$/d
      /^  }/!{
        H
        d
      }
      x
      s/^\n    "path" : "\(.*\)",\n    "type" : "\([a-z]*\)",\n    "mode" : "\([0-7]*\)"/\2'"$tab"'\3'"$tab"'\1'"$tab"'/
      s/,\n    "size" : [0-9]*,\n    "sha256" : "\([0-9a-f]*\)"$/\1/
      s/,\n    "target" : "\(.*\)"$/\1/
      p
      s/.*//
      x
    }' "$1"
}

# read_entries: the lists $work/listed (the tree, by type, mode, path and target) and $work/sums, out
# of $work/release.json. A name with other escapes than these two could not be compared by lines.
read_entries() {
  text="([^\\\\$tab]|\\\\[\\\\\"])+"
  entries "$work/release.json" >"$work/entries"
  if ! grep -q '^  "entries" : \[' "$work/release.json" ||
    grep -Evxq "(file${tab}[0-7]{4}$tab$text${tab}[0-9a-f]{64}|directory${tab}[0-7]{4}$tab$text$tab|symlink${tab}[0-7]{4}$tab$text$tab$text)" "$work/entries"; then
    fail 1 "This script cannot read the list of files of this release." "Import it with Fieldlift."
  fi
  sed "s/^\(file.*\)$tab.*/\1/; s/^\(directory.*\)$tab/\1/; s/^symlink$tab..../symlink$tab/" "$work/entries" |
    sed 's/\\"/"/g; s/\\\\/\\/g' | sort >"$work/listed"
  sed -n "s/^file$tab....$tab\(.*\)$tab\(.*\)/\2  \1/p" "$work/entries" |
    sed 's/\\"/"/g; /\\/s/^/\\/' | sort >"$work/sums"
}

# unpacked: the tree here as $work/listed has it. Files and folders of other modes than the release
# lists are left out, and so missing.
unpacked() {
  cut -f1,2 "$work/entries" | sort -u | while IFS=$tab read -r type mode; do
    case $type in
      file) find . -type f -links 1 -perm "$mode" ;;
      directory) find . -type d ! -name . -perm "$mode" ;;
    esac | sed "s/^\.\//$type$tab$mode$tab/"
  done
  # shellcheck disable=SC2016 # the inner shell expands them
  find . -type l -exec sh -c '
    tab=$1 newline=$2
    shift 2
    for link; do
      target=$(readlink "$link" && echo .)
      target=${target%??}
      case $target in *"$newline"*) target=$tab ;; esac
      printf "symlink$tab$tab%s$tab%s\n" "${link#./}" "$target"
    done' sh "$tab" "$newline" {} +
}

# foreign WHAT: refuses what was unpacked.
foreign() {
  fail 3 "$1" "Do not use this drive; ask where it came from."
}

# contents_hold: every file here has its sum. Those whose names have a backslash are read one by one,
# because not every sha256sum knows how they are written.
contents_hold() {
  grep -v '^[\]' "$work/sums" >"$work/plain"
  [ ! -s "$work/plain" ] || sums_hold <"$work/plain" || return 1
  grep '^[\]' "$work/sums" | sed 's/^\\//; s/\\\\/\\/g' | while IFS= read -r line; do
    [ "$(sum_of "${line#*  }")" = "${line%% *}" ] || exit 1
  done
}

# check_tree FOLDER: what was unpacked there is exactly what release.json lists. Types and links come
# first, so that no file is read through a link.
check_tree() (
  cd "$1" || exit 1
  [ -z "$(find . -name "*$newline*" | head -n 1)" ] || foreign "A name was unpacked that the release does not list."
  files=$(grep -c . "$work/sums")
  found=$(find . -type f | wc -l)
  [ "$files" -eq "$found" ] || foreign "The release lists $files files, but $((found)) were unpacked."
  unpacked | sort >"$work/unpacked"
  same "$work/listed" "$work/unpacked" || foreign "What was unpacked is not what the release lists: $(difference)"
  listed=$(wc -l <"$work/listed")
  found=$(find . ! -name . | wc -l)
  [ "$listed" -eq "$found" ] || foreign "The release lists $((listed)) names, but $((found)) were unpacked."
  contents_hold || foreign "What was unpacked is not what the release lists."
)

# difference: the first line that is in one list alone, with nothing in it that a terminal would obey;
# nothing where there is no comm.
difference() {
  comm -3 "$work/listed" "$work/unpacked" 2>/dev/null | head -n 1 | tr "$tab" ' ' | tr -cd 'A-Za-z0-9._/+@ -'
}

check_signature() {
  if [ -z "$key" ]; then
    say "  The signature was NOT checked: nothing here proves who made this release."
    say "  To check it, get the maker's public key by a way you trust, install cosign, and run"
    say "  sh import.sh --key FILE, or import with Fieldlift, which checks it always."
    return
  fi
  command -v cosign >/dev/null 2>&1 || fail 1 "The signature cannot be checked: cosign is not installed here." "Install cosign, or import with Fieldlift."
  cosign verify-blob --key "$key" --bundle "$work/signature" --insecure-ignore-tlog=true "$work/release.json" >"$work/cosign" 2>&1 ||
    fail 3 "Not genuine: release.json was not signed with $key." "Do not use this release; ask where the drive came from."
  say "  The signature is by $key."
}

# import_release FOLDER DRIVE...
import_release() {
  release=$1
  shift
  id=${release##*/}
  # Copies, because a drive could answer differently the second time it is read.
  rm -f "$work/signature"
  [ ! -f "$release/release.json.sigstore.json" ] || cp -- "$release/release.json.sigstore.json" "$work/signature"
  cp -- "$release/release.json" "$work/release.json" 2>/dev/null
  file_is "$id" "$work/release.json" || fail 4 "$release/release.json is damaged." "Have this drive written again."
  product=$(word "$work/release.json" product)
  version=$(word "$work/release.json" version)
  brief=$(printf '%s' "$id" | cut -c1-12)
  say "$product $version for $(word "$work/release.json" platform) (release $brief)"
  folder=$(printf '%s' "${product##*/}-$version-$brief" | tr -c 'A-Za-z0-9._+-' '_' | sed 's/^[.-]/_/')
  folder=$base/${only:-$folder}
  [ -z "$only" ] || rmdir -- "$folder" 2>/dev/null
  [ ! -e "$folder" ] || fail 1 "$folder exists already." "Move it away, or choose another folder with -o."
  check_signature
  read_entries
  sort "$release/CONTENTS.sha256" >"$work/contents"
  same "$work/contents" "$work/sums" || foreign "CONTENTS.sha256 does not agree with release.json."
  check_pieces "$release/SHA256SUMS" "$@"
  mkdir -- "$work/new"
  join_pieces | tar xpozf - -C "$work/new" || fail 1 "The release could not be unpacked to $base." "See whether there is enough room, then run this again."
  [ ! -e "$work/torn" ] || fail 4 "A drive could not be read to its end." "Plug it in again and run this again."
  check_tree "$work/new" || exit
  chmod a=,ug-s,-t,=rwx "$work/new"
  mv -- "$work/new" "$folder" || fail 1 "$folder cannot be made." "Choose another folder with -o."
  say "  unpacked and checked: $folder"
}

[ "$releases" -gt 0 ] || fail 4 "There is no release on the drives that are here." "$(absent "$@")Plug in all drives of the set and name each."
for id in $ids; do
  for drive in "$@"; do
    [ -f "$drive/FIELDLIFT/releases/$id/SHA256SUMS" ] && break
  done
  import_release "$drive/FIELDLIFT/releases/$id" "$@"
done
say "Done."
