DROP TABLE certificate_sequences;
DROP TABLE certificates;
