DROP TABLE payment_outcomes;
DROP TABLE payment_clients;
DROP TABLE payment_brake;
