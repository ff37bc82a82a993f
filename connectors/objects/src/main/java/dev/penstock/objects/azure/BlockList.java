package dev.penstock.objects.azure;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/// The blocks that a blob is made of.
record BlockList(List<String> ids) {

  /// The id of a block: of one length, as Azure wants it.
  ///
  /// @param upload tells the blocks of one upload from those of others
  static String id(String upload, int number) {
    return Base64.getEncoder()
        .encodeToString("%s-%06d".formatted(upload, number).getBytes(StandardCharsets.US_ASCII));
  }

  byte[] xml() {
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"utf-8\"?><BlockList>");
    for (String id : ids) {
      xml.append("<Latest>").append(id).append("</Latest>");
    }
    return xml.append("</BlockList>").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
