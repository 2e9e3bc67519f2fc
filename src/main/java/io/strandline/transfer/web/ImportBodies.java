package io.strandline.transfer.web;

import io.strandline.transfer.TransferSettings;
import io.strandline.web.StreamedBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Archives are read as they arrive: they may be larger than memory. */
@Component
class ImportBodies implements StreamedBodies {

    private static final Pattern IMPORT = Pattern.compile("/api/v1/jobs/[^/]+/snapshots/import");

    private final TransferSettings settings;

    ImportBodies(TransferSettings settings) {
        this.settings = settings;
    }

    @Override
    public boolean takesBodyOf(HttpServletRequest request) {
        String type = request.getContentType();
        return request.getMethod().equals("POST")
                && type != null
                && type.split(";", 2)[0].strip().equalsIgnoreCase(TransferController.TAR)
                && IMPORT.matcher(request.getRequestURI()).matches();
    }

    @Override
    public long mostBytes() {
        return settings.largestArchive().toBytes();
    }
}
