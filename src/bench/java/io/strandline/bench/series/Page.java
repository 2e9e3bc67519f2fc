package io.strandline.bench.series;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables between two marks of a page; the rest of it is written by people.
 *
 * @param file the page
 */
record Page(Path file) {

    private static final String BEGIN = "<!-- figures: written by bench.jar series -->";
    private static final String END = "<!-- end of figures -->";

    /**
     * Looks whether there is a place for tables.
     *
     * @throws IOException when there is no such page, or no place in it
     */
    void check() throws IOException {
        String page = Files.exists(file) ? Files.readString(file) : "";
        if (page.indexOf(BEGIN) < 0 || page.indexOf(END) < page.indexOf(BEGIN)) {
            throw new IOException(file.toAbsolutePath() + " has no place for figures (" + BEGIN + " ... " + END
                    + "); run the series in the top directory of the project, or name a page by --page");
        }
    }

    /** Puts a cell's table in the place of the one with its title, or behind the others. */
    void write(Cell cell, Map<Contender, Runs> runs) throws IOException {
        String page = Files.readString(file);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END);
        String heading = "### " + cell.title() + "\n";
        String figures = page.substring(begin + BEGIN.length(), end);
        int old = figures.indexOf(heading);
        int from = old < 0 ? figures.length() : old;
        int next = old < 0 ? -1 : figures.indexOf("\n### ", old);
        String rest = next < 0 ? "" : figures.substring(next + 1);
        String table = heading + "\n" + table(cell, runs) + "\n";
        Files.writeString(
                file,
                page.substring(0, begin + BEGIN.length())
                        + (old < 0 && figures.isBlank() ? "\n\n" : figures.substring(0, from))
                        + table
                        + rest
                        + page.substring(end));
    }

    static String table(Cell cell, Map<Contender, Runs> runs) {
        StringBuilder table = new StringBuilder();
        table.append("| | ")
                .append(cell.figures().stream().map(Figure::title).collect(Collectors.joining(" | ")))
                .append(" |\n|---|")
                .append("---|".repeat(cell.figures().size()))
                .append('\n');
        Contender ours = cell.contenders().get(0);
        runs.forEach((contender, all) -> table.append(row(cell.figures(), contender, all, runs.get(ours))));
        return table.append("\n`")
                .append(String.join(" ", cell.options()))
                .append("`\n")
                .toString();
    }

    private static String row(List<Figure> figures, Contender contender, Runs runs, Runs ours) {
        StringBuilder row = new StringBuilder("| ").append(contender.title());
        if (runs.failed() > 0) {
            row.append(" (%d of %d runs failed)"
                    .formatted(runs.failed(), runs.all().size()));
        }
        for (Figure figure : figures) {
            row.append(" | ").append(runs.print(figure));
            if (runs != ours) {
                row.append(figure.ratio(ours.median(figure), runs.median(figure)));
            }
        }
        return row.append(" |\n").toString();
    }
}
