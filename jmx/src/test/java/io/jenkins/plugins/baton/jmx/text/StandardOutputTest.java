package io.jenkins.plugins.baton.jmx.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;

class StandardOutputTest {
    @Test
    void whatArrivesIsNoFailure() {
        ByteArrayOutputStream seen = new ByteArrayOutputStream();
        StandardOutput output = new StandardOutput(seen);

        output.writer().print("result");

        assertThat(output.failure()).isEmpty();
        assertThat(seen.toString(Charset.defaultCharset())).isEqualTo("result");
    }

    @Test
    void aFullDiskIsNamed() throws Exception {
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            StandardOutput output = new StandardOutput(full);

            output.writer().println("result");

            assertThat(output.failure()).contains("No space left on device");
        }
    }

    @Test
    void aSuccessThatCannotBeWrittenIsAFailureAndOtherFailuresStay() throws Exception {
        StringWriter errors = new StringWriter();
        try (OutputStream full = new FileOutputStream("/dev/full")) {
            StandardOutput output = new StandardOutput(full);
            assertThat(output.exitCode(0, 4, new PrintWriter(errors))).isZero();
            assertThat(errors.toString()).isEmpty();

            output.writer().println("result");

            assertThat(output.exitCode(0, 4, new PrintWriter(errors))).isEqualTo(4);
            assertThat(output.exitCode(2, 4, new PrintWriter(errors))).isEqualTo(2);
        }
        assertThat(errors.toString().lines())
                .hasSize(2)
                .allMatch("Cannot write to standard output: No space left on device"::equals);
    }

    /** As in {@code baton status | head -1}. */
    @Test
    void aReaderThatHasSeenEnoughIsNoFailure() {
        StandardOutput output = new StandardOutput(new OutputStream() {
            @Override
            public void write(int octet) throws IOException {
                throw new IOException("Broken pipe");
            }
        });

        output.writer().println("result");

        assertThat(output.failure()).isEmpty();
    }
}
