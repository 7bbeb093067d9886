#!/usr/bin/env bash
# Unpacks Debian's Asterisk, with all libraries that it needs, into a folder; no package of the machine is touched, and
# nothing of it starts by itself. Where from: the Debian mirror that this machine's apt already uses. Stable Debian has no
# Asterisk, so it is taken from sid. Needs no root, 350 MB and a minute. Where to: $TRUNKLINE_ASTERISK, else a cache folder.
set -euo pipefail
folder=${TRUNKLINE_ASTERISK:-$HOME/.cache/trunkline/asterisk}
if [[ -x $folder/usr/sbin/asterisk ]]; then
  echo "Asterisk is in $folder"
  exit
fi
sites() { apt-get indextargets --format '$(SITE)' 'Origin: Debian' 'Created-By: Packages' | grep -v security; }
mirror=$(sites | head -1) || true
if [[ -z $mirror ]]; then
  apt-get -q update
  mirror=$(sites | head -1) || { echo "apt knows no mirror of Debian: this script is for Debian" >&2; exit 1; }
fi

mkdir -p "$(dirname "$folder")"
work=$(mktemp -d "$folder.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$work"/{root,state/lists/partial,cache/archives/partial}
: >"$work/status" # as if nothing were installed: so every library comes along
echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror sid main" >"$work/sources.list"
cat >"$work/apt.conf" <<EOF
Dir::Etc::sourcelist "$work/sources.list";
Dir::Etc::sourceparts "-";
Dir::State "$work/state";
Dir::State::status "$work/status";
Dir::Cache "$work/cache";
APT::Sandbox::User "";
APT::Install-Recommends "false";
APT::Keep-Downloaded-Packages "true";
Acquire::Languages "none";
Acquire::Retries "3";
Debug::NoLocking "true";
EOF
export APT_CONFIG=$work/apt.conf DEBIAN_FRONTEND=noninteractive
apt-get -q update
apt-get -qq -y --download-only install asterisk
for package in "$work"/cache/archives/*.deb; do
  dpkg-deb --extract "$package" "$work/root"
done
rm -rf "$folder"
mv "$work/root" "$folder"
chmod 755 "$folder"
echo "Asterisk is in $folder"
