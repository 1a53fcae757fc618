# Keeps the release in use and the one before: clean-up.sh ID
id=$1
previous=$(sed 's,.*/,,' /opt/baton/before/current 2> /dev/null)
for release in /opt/baton/releases/* /opt/baton/releases/.*.part /opt/baton/releases/.*.tmp; do
    case $(basename "$release") in
        "$id" | "${previous:-$id}") ;;
        *) rm -rf "$release" ;;
    esac
done
