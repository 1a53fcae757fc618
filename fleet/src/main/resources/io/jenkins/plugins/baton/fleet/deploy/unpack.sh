# Makes a release folder of an uploaded archive: unpack.sh ID SHA256
id=$1 hash=$2
set -e
cd /opt/baton/releases
trap 'rm -rf ".$id.part" ".$id.tmp"' EXIT
if [ "$(sha256sum < ".$id.part" | cut -d' ' -f1)" != "$hash" ]; then
    echo "the archive did not arrive as it was sent; deploy again" >&2
    exit 1
fi
rm -rf ".$id.tmp"
mkdir ".$id.tmp"
tar -xzf ".$id.part" -C ".$id.tmp" --strip-components=1 --no-same-owner
mv -T ".$id.tmp" "$id"
