package io.strandline.engine.connector.part;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a part file's name says. Committed files are {@code part-<branch>-<number>-<subtask>-<index>.<extension>}; staged
 * ones have a dot before it.
 *
 * @param staged whether it is not visible yet
 * @param branch the branch whose instance wrote it
 * @param number the attempt whose barrier closed it
 * @param subtask the subtask that wrote it
 * @param index counts the files of one subtask and number
 * @param extension of the format
 */
public record PartName(boolean staged, String branch, long number, int subtask, int index, String extension)
        implements Comparable<PartName> {

    private static final Pattern NAME = Pattern.compile("(\\.?)part-(.+)-(\\d{1,18})-(\\d{1,4})-(\\d{1,9})\\.([a-z]+)");

    /** Reads a file name; empty when it is no part's. */
    public static Optional<PartName> parse(String fileName) {
        Matcher matcher = NAME.matcher(fileName);
        return matcher.matches()
                ? Optional.of(new PartName(
                        !matcher.group(1).isEmpty(),
                        matcher.group(2),
                        Long.parseLong(matcher.group(3)),
                        Integer.parseInt(matcher.group(4)),
                        Integer.parseInt(matcher.group(5)),
                        matcher.group(6)))
                : Optional.empty();
    }

    /** The name under which it is visible. */
    public PartName committed() {
        return new PartName(false, branch, number, subtask, index, extension);
    }

    /** The file name. */
    public String fileName() {
        return (staged ? "." : "") + "part-" + branch + "-" + number + "-" + subtask + "-" + index + "." + extension;
    }

    @Override
    public int compareTo(PartName other) {
        return fileName().compareTo(other.fileName());
    }
}
