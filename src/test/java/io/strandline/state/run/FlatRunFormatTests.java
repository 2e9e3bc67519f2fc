package io.strandline.state.run;

import io.strandline.state.RunFormat;
import io.strandline.state.RunFormatContract;

class FlatRunFormatTests extends RunFormatContract {

    @Override
    protected RunFormat format() {
        return new FlatRunFormat();
    }
}
