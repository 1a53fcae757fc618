#!/bin/sh
# Records the class list of the JDK that is in use in the sources: record.sh MODULE, whose distribution is built.
set -eu
module=$(cd "$1" && pwd)
java_home=$(dirname "$(dirname "$(readlink -f "$(command -v javac)")")")
feature=$("$module/src/main/dist/check-jdk.sh" "$java_home")
"$module/src/main/dist/train/train.sh" "$java_home" "$module/target/baton-agent" "$module/target/training" \
    "$module/src/main/dist/train/classes-$feature.list"
