package io.strandline.catalog.jpa;

/**
 * How large a generated catalog is. A version names the newest files of a sliding window: each adds {@code newFiles} and the
 * oldest as many drop out, as runs do that are merged.
 *
 * @param jobs how many jobs
 * @param versions versions a job
 * @param tags tags a job, on versions spread over its history
 * @param files files a version names once its window is full
 * @param newFiles files of those that no earlier version named
 * @param dying versions a job, the oldest, whose files are to lie on disk, so that they can be collected
 */
record ScaleShape(int jobs, int versions, int tags, int files, int newFiles, int dying) {

    /** A thousandth of the full size for one. */
    static ScaleShape of(int jobs, int versions) {
        return new ScaleShape(jobs, versions, versions / 20, 20, 2, versions / 100);
    }

    /** The shape that system properties {@code scale.jobs}, {@code scale.versions} and {@code scale.dying} ask for. */
    static ScaleShape asked() {
        ScaleShape usual = of(Integer.getInteger("scale.jobs", 200), Integer.getInteger("scale.versions", 5_000));
        return usual.dying(Integer.getInteger("scale.dying", usual.dying));
    }

    private ScaleShape dying(int wanted) {
        return new ScaleShape(jobs, versions, tags, files, newFiles, wanted);
    }

    String jobId(int job) {
        return "job-%04d".formatted(job);
    }

    /** The number of the version that a tag names. */
    int taggedVersion(int tag) {
        return versions - (int) ((long) tag * (versions - dying - 1) / Math.max(1, tags));
    }

    /** The oldest file that a version names. */
    int oldestFile(int number) {
        return Math.max(0, number * newFiles - files);
    }

    /** The file behind the newest that a version names. */
    int fileEnd(int number) {
        return number * newFiles;
    }
}
