package io.strandline.bench.series;

import java.util.Locale;

/**
 * A figure that a cell shows.
 *
 * @param name in a run's line
 * @param title in the page, with the unit
 * @param scale what it is divided by to get that unit
 * @param direction which values are better
 */
record Figure(String name, String title, double scale, Direction direction) {

    /** Which of two values is better. */
    enum Direction {
        MORE,
        LESS,
        /** Shown, not compared. */
        NEITHER
    }

    static Figure more(String name, String title, double scale) {
        return new Figure(name, title, scale, Direction.MORE);
    }

    static Figure less(String name, String title, double scale) {
        return new Figure(name, title, scale, Direction.LESS);
    }

    static Figure shown(String name, String title, double scale) {
        return new Figure(name, title, scale, Direction.NEITHER);
    }

    /** A value in the page's unit. */
    String print(double value) {
        double scaled = value / scale;
        String pattern = Math.abs(scaled) >= 100 ? "%,.0f" : Math.abs(scaled) >= 10 ? "%.1f" : "%.2f";
        return String.format(Locale.ROOT, pattern, scaled);
    }

    /** How many times as good ours is; empty where that says nothing. */
    String ratio(double ours, double theirs) {
        if (direction == Direction.NEITHER || ours <= 0 || theirs <= 0) {
            return "";
        }
        double times = direction == Direction.MORE ? ours / theirs : theirs / ours;
        return String.format(Locale.ROOT, times >= 10 ? " (%.0fx)" : " (%.1fx)", times);
    }
}
