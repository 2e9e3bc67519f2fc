package io.strandline.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The commands of a page's tour, each with the output that the page shows below it. */
record TourSteps(List<Step> steps) {

    TourSteps {
        steps = List.copyOf(steps);
    }

    /**
     * One command.
     *
     * @param command as a reader would type it
     * @param shown the lines below it; none when the page shows none
     */
    record Step(String command, List<String> shown) {

        Step {
            shown = List.copyOf(shown);
        }
    }

    /** Reads the {@code sh} and {@code console} blocks of a section, up to the next heading of its level. */
    static TourSteps read(Path page, String heading) throws IOException {
        List<Step> steps = new ArrayList<>();
        String block = "";
        boolean inside = false;
        for (String line : Files.readAllLines(page)) {
            if (line.startsWith("## ")) {
                inside = line.equals(heading);
            } else if (inside && line.startsWith("```")) {
                block = block.isEmpty() ? line.substring(3) : "";
            } else if (inside && !line.isBlank()) {
                add(steps, block, line);
            }
        }
        return new TourSteps(steps);
    }

    private static void add(List<Step> steps, String block, String line) {
        if (block.equals("sh")) {
            steps.add(new Step(line, List.of()));
        } else if (block.equals("console") && line.startsWith("$ ")) {
            steps.add(new Step(line.substring(2), List.of()));
        } else if (block.equals("console")) {
            Step last = steps.remove(steps.size() - 1);
            List<String> shown = new ArrayList<>(last.shown());
            shown.add(line);
            steps.add(new Step(last.command(), shown));
        }
    }
}
