-- Who else shows a picture of the same bytes.
CREATE INDEX listing_picture_by_capture ON listing_picture (capture_id) WHERE capture_id IS NOT NULL;
