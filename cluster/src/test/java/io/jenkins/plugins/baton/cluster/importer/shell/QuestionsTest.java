package io.jenkins.plugins.baton.cluster.importer.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionsTest {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @ParameterizedTest
    @CsvSource(
            delimiterString = " => ",
            quoteCharacter = '\u0001',
            value = {
                "curl http://127.0.0.1:8080 => http 127.0.0.1:8080/ expect 100-599",
                "curl -f http://127.0.0.1:8080/x?y=1 => http 127.0.0.1:8080/x?y=1 expect 200-399",
                "/usr/bin/curl -sfk https://localhost:6443/livez => https 127.0.0.1:6443/livez expect 200-399",
                "curl --silent --max-time 2 --insecure https://localhost:6443/ -o /dev/null => https 127.0.0.1:6443/ expect 100-599 limit 2000",
                "curl -so/dev/null -m1.5 127.0.0.1 => http 127.0.0.1:80/ expect 100-599 limit 1500",
                "curl -sf 'http://127.0.0.1:1/a' > /dev/null 2>&1 => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a || exit 1 => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a && exit 0 || exit 1 => http 127.0.0.1:1/a expect 200-399",
                "curl -sf -H 'Host: a.example' http://127.0.0.1:1/a => http 127.0.0.1:1/a host a.example expect 200-399",
                "curl -sfk --resolve a.example:6443:10.0.0.1 https://a.example:6443/ => https 10.0.0.1:6443/ host a.example expect 200-399",
                "curl -sf --cacert /c https://127.0.0.1:2379/health => https 127.0.0.1:2379/health host 127.0.0.1 expect 200-399 ca /c",
                "curl -sfk --cert /c --key=/k https://127.0.0.1:1/ => https 127.0.0.1:1/ expect 200-399 certificate /c key /k",
                "bash -c \"curl -sf http://127.0.0.1:1/a\" => http 127.0.0.1:1/a expect 200-399",
                "timeout 1.9 sh -c 'curl -sf http://127.0.0.1:1/a' => http 127.0.0.1:1/a expect 200-399 limit 1900",
                "wget -q -O /dev/null --max-redirect=0 http://127.0.0.1:1/a => http 127.0.0.1:1/a expect 200-299",
                "nc -z 127.0.0.1 6443 => tcp 127.0.0.1:6443",
                "nc -zv -w 2 localhost 6443 => tcp 127.0.0.1:6443 limit 2000",
                "timeout 1 bash -c '</dev/tcp/127.0.0.1/6443' => tcp 127.0.0.1:6443 limit 1000",
                "</dev/tcp/127.0.0.1/6443 => tcp 127.0.0.1:6443",
                "bash -c 'echo > /dev/tcp/10.0.0.1/22' => tcp 10.0.0.1:22",
                "nc -z -w 5 127.0.0.1 1 => tcp 127.0.0.1:1",
                "ncat -z 127.0.0.1 65535 => tcp 127.0.0.1:65535",
                "timeout 3 nc -z -w 2 127.0.0.1 1 => tcp 127.0.0.1:1 limit 2000",
                "timeout 1 nc -z -w 2 127.0.0.1 1 => tcp 127.0.0.1:1 limit 1000",
                "timeout 9 nc -z 127.0.0.1 1 => tcp 127.0.0.1:1 limit 5000",
                "wget -qO- --max-redirect 0 --no-check-certificate https://127.0.0.1:1/ => https 127.0.0.1:1/ expect 200-299",
                "wget -q -O - --max-redirect=0 --timeout=5 http://127.0.0.1:1/a => http 127.0.0.1:1/a expect 200-299",
                "timeout 2 wget -q -O - --max-redirect=0 http://127.0.0.1:1/a => http 127.0.0.1:1/a expect 200-299 limit 2000",
                "exec curl -sf http://127.0.0.1:1/a => http 127.0.0.1:1/a expect 200-399",
                "command nc -z 127.0.0.1 1 => tcp 127.0.0.1:1",
                "; curl\t-sf http://127.0.0.1:1/a ; # why => http 127.0.0.1:1/a expect 200-399",
                "curl -sf \"http://127.0.0.1:1/\\$a\"'?b' => http 127.0.0.1:1/$a?b expect 200-399",
                "curl -sf http://127.0.0.1:1/\\a => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a || false => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a && true => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a && : => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a &> /dev/null => http 127.0.0.1:1/a expect 200-399",
                "curl -sf http://127.0.0.1:1/a 2>/dev/null >&2 => http 127.0.0.1:1/a expect 200-399",
                "bash -c 'true < /dev/tcp/10.0.0.1/22' => tcp 10.0.0.1:22",
                "bash -c ': > /dev/tcp/10.0.0.1/22' => tcp 10.0.0.1:22",
            })
    void aCommandThatAsksWhatACheckCanAskIsTranslated(String command, String expected) {
        assertThat(Questions.of(command, LIMIT).map(QuestionsTest::text)).contains(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "curl -L http://127.0.0.1:1/", // redirections are followed
                "curl -f https://127.0.0.1:1/", // the system's authorities
                "curl -sf http://a.example/", // a name
                "curl -sfI http://127.0.0.1:1/", // HEAD
                "curl -X POST http://127.0.0.1:1/",
                "curl -sf -H 'Authorization: x' http://127.0.0.1:1/",
                "curl -sfk -H 'Host: a' https://127.0.0.1:1/", // the server name would differ
                "curl -sf http://127.0.0.1:1/ http://127.0.0.1:2/",
                "curl -sf --unknown http://127.0.0.1:1/",
                "curl -sf --connect-timeout 1 http://127.0.0.1:1/", // shorter than the whole may take
                "! curl -sf http://127.0.0.1:1/",
                "curl -sf http://127.0.0.1:1/ && curl -sf http://127.0.0.1:2/",
                "curl -s http://127.0.0.1:1/ | grep ok",
                "curl -s http://127.0.0.1:1/ || curl -s http://127.0.0.1:2/",
                "curl -sf http://127.0.0.1:1/ > /run/answer",
                "curl -sf http://$IP:1/",
                "if curl -sf http://127.0.0.1:1/; then exit 0; fi",
                "wget -q http://127.0.0.1:1/",
                "nc 127.0.0.1 6443",
                "nc -zu 127.0.0.1 53",
                "sh -c '</dev/tcp/127.0.0.1/6443'", // a file for other shells than bash
                "bash -c 'curl -sf http://127.0.0.1:1/'\"$X\"",
                "test -f /run/ok",
                "curl 'http://127.0.0.1:1/", // a quote is not closed
                "curl -sf http://127.0.0.1:1/ -m", // its argument is missing
                "curl -sf http://127.0.0.1:1/ --max-time",
                "curl -sf -",
                "curl -sf http://127.0.0.1:1/a#b", // no comment, but a part of the URL
                "curl -sf http://127.0.0.1:1/ || exit 0",
                "curl -sf http://127.0.0.1:1/ && exit 1",
                "curl -sf http://127.0.0.1:1/ || (exit 1)",
                "curl -sf http://127.0.0.1:1/ ; exit 0",
                "curl -sf http://127.0.0.1:1/ &",
                "curl -sf http://127.0.0.1:1/ >",
                "curl -sf http://127.0.0.1:1/ > > /dev/null",
                "curl -sf http://127.0.0.1:1/ << end",
                "curl -sf http://127.0.0.1:1/ <> /dev/null",
                "curl -sf http://127.0.0.1:1/ >&3",
                "curl -sf http://127.0.0.1:1/{a,b}",
                "curl -sf \"http://127.0.0.1:1/`date`\"",
                "curl -sf x*", // files
                "wget -q -O /dev/null --max-redirect=0 https://127.0.0.1:1/", // the system's authorities
                "wget -q -O /dev/null --max-redirect=1 http://127.0.0.1:1/",
                "wget -q -O /run/answer --max-redirect=0 http://127.0.0.1:1/",
                "wget -q -O - --max-redirect=0 --timeout=4 http://127.0.0.1:1/", // shorter than the whole may take
                "wget -q -O - --max-redirect=0 --timeout=x http://127.0.0.1:1/",
                "wget -q -O - --max-redirect=0 http://127.0.0.1:1/ http://127.0.0.1:2/",
                "nc -z 127.0.0.1 0",
                "nc -z 127.0.0.1 65536",
                "nc -z 127.0.0.1 port",
                "nc -z a.example 1",
                "nc -z -w x 127.0.0.1 1",
                "nc -z -i 1 127.0.0.1 1",
                "nc -z 127.0.0.1",
                "timeout 5",
                "timeout x nc -z 127.0.0.1 1",
                "exec",
                "sh -x 'nc -z 127.0.0.1 1'",
                "sh -c 'nc -z 127.0.0.1 1' more",
                "bash -c 'cat < /dev/tcp/10.0.0.1/22'", // waits for the server
                "bash -c 'echo a b > /dev/tcp/10.0.0.1/22'",
                "bash -c '< /dev/tcp/10.0.0.1/22 > /run/x'",
                "bash -c '< /dev/udp/10.0.0.1/53'",
                "",
            })
    void whatNoCheckCanAskStaysACommand(String command) {
        assertThat(Questions.of(command, LIMIT)).isEmpty();
    }

    private static String text(Question question) {
        String limit = question.limit().map(time -> " limit " + time.toMillis()).orElse("");
        if (question instanceof Question.Tcp tcp) {
            return "tcp " + tcp.address().getHostAddress() + ":" + tcp.port() + limit;
        }
        Question.Http http = (Question.Http) question;
        Optional<Question.Tls> tls = http.tls();
        return (tls.isPresent() ? "https " : "http ") + http.address().getHostAddress() + ":" + http.port()
                + http.path()
                + http.host().map(host -> " host " + host).orElse("")
                + " expect " + http.expect()
                + tls.flatMap(Question.Tls::ca).map(file -> " ca " + file).orElse("")
                + tls.flatMap(Question.Tls::certificate)
                        .map(file -> " certificate " + file)
                        .orElse("")
                + tls.flatMap(Question.Tls::key).map(file -> " key " + file).orElse("")
                + limit;
    }
}
