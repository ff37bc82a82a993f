package dev.penstock.objects.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/// An element of what a store answers in XML.
public record Xml(Element element) {

  /// @throws IOException when it is none
  public static Xml parse(byte[] xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler()); // which prints nothing
      return new Xml(builder.parse(new ByteArrayInputStream(xml)).getDocumentElement());
    } catch (SAXException e) {
      throw new IOException("the answer is no XML: " + e.getMessage(), e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("every JDK reads XML", e);
    }
  }

  public String name() {
    return element.getTagName();
  }

  /// The text of the first element of that name within this one, at any depth; null for none.
  public @Nullable String text(String name) {
    NodeList found = element.getElementsByTagName(name);
    return found.getLength() == 0 ? null : found.item(0).getTextContent();
  }

  /// All elements of that name within this one, in their order.
  public List<Xml> all(String name) {
    NodeList found = element.getElementsByTagName(name);
    List<Xml> all = new ArrayList<>();
    for (int i = 0; i < found.getLength(); i++) {
      all.add(new Xml((Element) found.item(i)));
    }
    return all;
  }
}
