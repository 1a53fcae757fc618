package io.jenkins.plugins.baton.jenkins.junit;

import io.jenkins.plugins.baton.jenkins.result.DrillResult;
import io.jenkins.plugins.baton.jenkins.result.StepResult;
import java.io.StringWriter;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** The drills of a step as JUnit's XML, by the names that {@code junit.xml} of a report has. */
final class DrillCases {
    /** What XML 1.0 cannot have, not even escaped: nodes send it all the same. */
    private static final String NO_XML = "[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]";

    private DrillCases() {}

    static String xml(StepResult step) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
            suite(xml, "baton." + clean(step.getCluster()), step.getDrills());
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    private static void suite(XMLStreamWriter xml, String name, List<DrillResult> drills) throws XMLStreamException {
        xml.writeStartElement("testsuite");
        xml.writeAttribute("name", name);
        for (DrillResult drill : drills) {
            xml.writeStartElement("testcase");
            xml.writeAttribute("classname", name);
            xml.writeAttribute("name", clean(title(drill)));
            if (!drill.isPassed()) {
                // A drill that did not run to its end has no verdict.
                xml.writeStartElement(drill.getOutcome().isJudged() ? "failure" : "error");
                xml.writeAttribute("message", drill.getOutcome().getStyle());
                xml.writeCharacters(clean(drill.getMessage()));
                xml.writeEndElement();
            }
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }

    private static String title(DrillResult drill) {
        return drill.getNode().isEmpty() ? drill.getScenario() : drill.getScenario() + " on " + drill.getNode();
    }

    private static String clean(String text) {
        return text.replaceAll(NO_XML, "?");
    }
}
