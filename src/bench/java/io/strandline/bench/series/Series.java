package io.strandline.bench.series;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs every cell: ours, a peer, the next peer, ours again and so on, so that whatever the machine does besides falls on all
 * alike. After each cell its table is written into the page.
 */
public final class Series {

    private static final int SECONDS_A_MINUTE = 60;

    private final Path jar;
    private final PrintStream out;
    private int runs = 3;
    private String only = "";
    private Path page = Path.of("docs", "benchmarks.md");
    private List<String> before = List.of();

    /**
     * @param jar the launcher
     * @param out told of every run
     */
    public Series(Path jar, PrintStream out) {
        this.jar = jar;
        this.out = out;
    }

    /**
     * Runs it, as {@code --runs}, {@code --only} (a part of a cell's title), {@code --page} and {@code --from} say; the last names a
     * file with what an earlier series printed, whose runs are put into the page instead of new ones.
     */
    public void run(List<String> options) throws IOException, InterruptedException {
        for (int at = 0; at + 1 < options.size(); at += 2) {
            set(options.get(at), options.get(at + 1));
        }
        List<Cell> cells =
                Cells.all().stream().filter(cell -> cell.title().contains(only)).toList();
        Page tables = new Page(page);
        tables.check();
        if (!before.isEmpty()) {
            for (Cell cell : cells) {
                write(tables, cell, printed(cell));
            }
            return;
        }
        long seconds = cells.stream()
                .mapToLong(cell ->
                        cell.contenders().stream().mapToLong(cell::seconds).sum() * runs)
                .sum();
        out.printf(
                "%d cells, %d runs of each contender: about %d minutes%n",
                cells.size(), runs, seconds / SECONDS_A_MINUTE);
        for (Cell cell : cells) {
            write(tables, cell, measure(cell));
        }
    }

    private void write(Page tables, Cell cell, Map<Contender, Runs> measured) throws IOException {
        if (measured.values().stream().anyMatch(runs -> !runs.all().isEmpty())) {
            tables.write(cell, measured);
            out.println(Page.table(cell, measured));
        }
    }

    private void set(String name, String value) throws IOException {
        switch (name) {
            case "--runs" -> runs = Integer.parseInt(value);
            case "--only" -> only = value;
            case "--page" -> page = Path.of(value);
            case "--from" -> before = Files.readAllLines(Path.of(value));
            default -> throw new IllegalArgumentException(name + ": options are --runs --only --page --from");
        }
    }

    private Map<Contender, Runs> measure(Cell cell) throws IOException, InterruptedException {
        Map<Contender, Runs> measured = new LinkedHashMap<>();
        cell.contenders().forEach(contender -> measured.put(contender, new Runs(new ArrayList<>())));
        for (int run = 0; run < runs; run++) {
            for (Contender contender : cell.contenders()) {
                Run one = Run.of(jar, cell.arguments(contender));
                out.println(begin(cell, contender) + one.line());
                measured.get(contender).all().add(one);
            }
        }
        return measured;
    }

    private Map<Contender, Runs> printed(Cell cell) {
        Map<Contender, Runs> printed = new LinkedHashMap<>();
        for (Contender contender : cell.contenders()) {
            String begin = begin(cell, contender);
            printed.put(
                    contender,
                    new Runs(before.stream()
                            .filter(line -> line.startsWith(begin))
                            .map(line -> Run.printed(line.substring(begin.length())))
                            .toList()));
        }
        return printed;
    }

    private static String begin(Cell cell, Contender contender) {
        return cell.title() + ", " + contender.title() + ": ";
    }
}
