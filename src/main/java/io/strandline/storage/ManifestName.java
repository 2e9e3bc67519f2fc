package io.strandline.storage;

import java.util.regex.Pattern;

/**
 * Where a manifest lies: {@code manifests/<folder>/<number>.json}.
 *
 * @param folder the job's directory name (its id, so that a name may be used again)
 * @param number the version's number
 */
public record ManifestName(String folder, long number) {

    private static final Pattern FOLDER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    public ManifestName {
        if (!FOLDER.matcher(folder).matches()) {
            throw new IllegalArgumentException("not a folder's name: " + folder);
        }
        if (number < 0) {
            throw new IllegalArgumentException("negative number: " + number);
        }
    }

    @Override
    public String toString() {
        return folder + "/" + number;
    }
}
