package main

func (s *session) complete(source string, cursor int) []string { return nil }
func (s *session) inspect(source string, cursor int) string    { return "" }
