namespace HilRig.Tidy.Tests;

public sealed class SourceTextTests
{
    [TestCase("a = \"{\"; b", "a =    ; b")]
    [TestCase("a = '{'; b", "a =    ; b")]
    [TestCase("a = \"\\\"{\"; b", "a =      ; b")]
    [TestCase("a = @\"\"\"{\"; b", "a =       ; b")]
    [TestCase("a; // {\nb", "a;     \nb")]
    [TestCase("a /* { \n */ b", "a      \n    b")]
    [TestCase("a = $\"\"\"{ \" \"\"\"; b", "a =            ; b")]
    [TestCase("a = $\"{b[\"}\"]} {{\"; b", "a =               ; b")]
    [TestCase("no literal { here }", "no literal { here }")]
    public void Literals_and_comments_become_blanks(string text, string expected) =>
        Assert.That(SourceText.Blank(text), Is.EqualTo(expected));

    [Test]
    public void Every_file_keeps_its_line_count_and_balances_its_braces()
    {
        foreach (string path in Repository.CSharpFiles)
        {
            string text = Repository.Read(path);
            string blank = SourceText.Blank(text);
            Assert.That(blank.Count(c => c == '\n'), Is.EqualTo(text.Count(c => c == '\n')), path);
            Assert.That(
                blank.Count(c => c == '{'), Is.EqualTo(blank.Count(c => c == '}')),
                path + ": the blanked text is unbalanced, so the size rule would misread it");
        }
    }
}
