"""Runs a command in a pseudo terminal of so many columns: what is typed comes from standard input, what it shows goes to standard output."""
import fcntl, os, pty, select, struct, sys, termios

columns = int(sys.argv[1])
child, master = pty.fork()
if child == 0:
    os.execvp(sys.argv[2], sys.argv[2:])
fcntl.ioctl(master, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
typed = [0]
while True:
    ready, _, _ = select.select([master] + typed, [], [])
    if master in ready:
        try:
            shown = os.read(master, 65536)
        except OSError:
            break
        if not shown:
            break
        os.write(1, shown)
    if 0 in ready:
        keys = os.read(0, 1024)
        if keys:
            os.write(master, keys)
        else:
            typed = []
sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
