/**
 * Program for `/bin/sh -c`, called with a name, a grace period in seconds and the server's command. It leads the
 * server's process group, runs the server and ends with its exit status.
 *
 * Descriptor 3 is a pipe from this program. The line `release` ends the watch over it. When the pipe closes without
 * that line, this program is gone, SIGKILL included: the group then gets SIGTERM, and SIGKILL after the grace period.
 */
export const supervisorScript = `
grace=$1
shift
trap : TERM INT HUP
(
  trap '' TERM INT HUP
  while read -r word; do
    if [ "$word" = release ]; then exit 0; fi
  done <&3
  echo 'synthrl: the program that started this server is gone; stopping it'
  kill -s TERM -- "-$$"
  while [ "$grace" -gt 0 ] && kill -s 0 "$$" 2>/dev/null; do
    sleep 1
    grace=$((grace - 1))
  done
  kill -s KILL -- "-$$"
) &
"$@" 3<&-
exit $?
`;
