# Writes a key file of what comes on standard input: secret.sh FILE. Until there is a group baton it is for root alone; then
# activate.sh opens it to that.
file=$1
set -e
umask 022
mkdir -p "$(dirname "$file")"
umask 077
cat > "$file.new"
if getent group baton > /dev/null; then
    chown root:baton "$file.new"
    chmod 440 "$file.new"
else
    chmod 400 "$file.new"
fi
mv -T "$file.new" "$file"
