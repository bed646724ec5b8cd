#!/bin/sh
# miniflare starts this in place of workerd: the same program, with the folder of our Pyodide bundle and whatever
# the driver wants besides (the snapshot's options) behind its arguments.
exec "$DORIS_WORKERD" "$@" --experimental --pyodide-bundle-disk-cache-dir="$DORIS_BUNDLE" $DORIS_WORKERD_OPTIONS
