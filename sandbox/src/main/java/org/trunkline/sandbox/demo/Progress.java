package org.trunkline.sandbox.demo;

import java.io.PrintStream;

/** One line that changes on a terminal; a line a step where there is none. */
final class Progress {
    private static final String CLEAR = "\r\033[K";

    private final PrintStream out;
    private final boolean terminal;
    private String last = "";

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    static Progress onConsole(PrintStream out) {
        boolean dumb = "dumb".equals(System.getenv("TERM"));
        return new Progress(out, System.console() != null && !dumb);
    }

    void step(String text) {
        if (text.equals(last)) {
            return;
        }
        last = text;
        if (terminal) {
            out.print(CLEAR + text);
            out.flush();
        } else {
            out.println(text);
        }
    }

    /** Leaves the terminal's line clean for what follows. */
    void done() {
        if (terminal) {
            out.print(CLEAR);
            out.flush();
        }
    }
}
