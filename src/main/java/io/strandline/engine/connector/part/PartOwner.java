package io.strandline.engine.connector.part;

import java.util.List;

/**
 * Whose output a directory holds.
 *
 * @param job the job's id; empty once it has let go of the directory
 * @param name the job's name, for people
 */
public record PartOwner(String job, String name) {

    /** Of a directory that its owner has let go of: whoever comes next may have it, with all that is in it. */
    public static final PartOwner NOBODY = new PartOwner("", "");

    /** Reads what {@link #text} wrote; anything else is taken for an owner that nobody is. */
    static PartOwner parse(String text) {
        List<String> lines = text.lines().toList();
        return lines.size() < 2
                ? new PartOwner("unknown", "unknown")
                : new PartOwner(lines.get(0).strip(), lines.get(1).strip());
    }

    /** The file's content: a line with the id, a line with the name. */
    String text() {
        return job + "\n" + name + "\n";
    }
}
