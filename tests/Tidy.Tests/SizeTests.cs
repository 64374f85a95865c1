using System.Text.RegularExpressions;

namespace HilRig.Tidy.Tests;

/// <summary>Files, methods and lines stay small enough to read.</summary>
public sealed partial class SizeTests
{
    private const int FileLinesMax = 400;
    private const int KernelFileLinesMax = 600;
    private const int MethodLinesMax = 60;
    private const int ColumnsMax = 100;

    /// <summary>
    /// Files that are longer, with the length they have. Entries only shrink: a file that got
    /// shorter
    /// must lower its number here, and one that fits must leave.
    /// </summary>
    private static readonly Dictionary<string, int> LongFiles = [];

    [Test]
    public void Files_have_at_most_400_lines_and_kernels_600() =>
        Violation.AssertNone(Repository.CSharpFiles
            .SelectMany(path => CheckFile(path, Repository.Read(path), LongFiles)));

    [Test]
    public void Every_long_file_of_the_list_still_exists() =>
        Assert.That(LongFiles.Keys, Is.SubsetOf(Repository.CSharpFiles));

    [Test]
    public void Methods_have_at_most_60_lines() =>
        Violation.AssertNone(Repository.CSharpFiles
            .SelectMany(path => CheckMethods(path, Repository.Read(path))));

    [Test]
    public void Lines_have_at_most_100_columns() =>
        Violation.AssertNone(Repository.CSharpFiles
            .Concat(Repository.Files.Where(path => path.EndsWith(".proto")))
            .SelectMany(path => CheckColumns(path, Repository.Read(path))));

    [TestCase("src/Sim/A.cs", 401, 1)]
    [TestCase("src/Sim/A.cs", 400, 0)]
    [TestCase("src/Sim/Kernels/A.cs", 600, 0)]
    [TestCase("src/Sim/Kernels/A.cs", 601, 1)]
    public void A_long_file_is_found(string path, int lines, int expected)
    {
        string text = string.Concat(Enumerable.Repeat("a\n", lines));
        Assert.That(CheckFile(path, text, []).Count(), Is.EqualTo(expected));
    }

    [TestCase(500, 450, 1, TestName = "The_list_may_not_grow")]
    [TestCase(450, 450, 0, TestName = "A_listed_file_passes")]
    [TestCase(440, 450, 1, TestName = "A_file_that_shrank_must_lower_its_entry")]
    public void The_list_only_shrinks(int lines, int listed, int expected)
    {
        string text = string.Concat(Enumerable.Repeat("a\n", lines));
        Assert.That(
            CheckFile("a.cs", text, new() { ["a.cs"] = listed }).Count(), Is.EqualTo(expected));
    }

    [TestCase("int F(int a)\n{\n", "}\n", 60, 0)]
    [TestCase("int F(int a)\n{\n", "}\n", 61, 1)]
    [TestCase("public C()\n    : base(1)\n{\n", "}\n", 61, 1)]
    [TestCase("int F(int a) => a switch\n{\n", "};\n", 61, 1)]
    [TestCase("[Test]\n[A(1)]\nint F(int record)\n{\n", "}\n", 62, 0)]
    [TestCase("[Test]\n[A(1)]\nint F(int record)\n{\n", "}\n", 63, 1)]
    [TestCase("int F<T>(T a)\n    where T : struct\n{\n", "}\n", 61, 1)]
    [TestCase("int[] F =\n[\n", "];\n", 61, 0)]
    [TestCase("int F { get {\n", "} }\n", 61, 1)]
    public void A_long_method_is_found(string head, string tail, int lines, int expected)
    {
        int filler = lines - SourceText.Lines(head + tail).Length + 1;
        string body = string.Concat(Enumerable.Repeat("x = (1);\n", filler));
        if (tail.Contains(']'))
        {
            body = body.Replace(';', ',');
        }

        string text = "namespace N;\nclass C\n{\n" + head + body + tail + "int G() { }\n}\n";
        Assert.That(CheckMethods("a.cs", text).Count(), Is.EqualTo(expected));
    }

    [Test]
    public void A_wide_line_is_found()
    {
        Assert.That(CheckColumns("a.cs", new string('a', 101)), Is.Not.Empty);
        Assert.That(CheckColumns("a.cs", new string('a', 100)), Is.Empty);
    }

    private static IEnumerable<Violation> CheckFile(
        string path, string text, Dictionary<string, int> longFiles)
    {
        int lines = text.Count(letter => letter == '\n');
        int max = path.Contains("/Kernels/") ? KernelFileLinesMax : FileLinesMax;
        if (longFiles.TryGetValue(path, out int listed))
        {
            if (lines != listed)
            {
                yield return new(path, 0, $"{lines} lines, listed with {listed}: correct the list");
            }
        }
        else if (lines > max)
        {
            yield return new(path, 0, $"{lines} lines, at most {max}: split it by concept");
        }
    }

    private static IEnumerable<Violation> CheckColumns(string path, string text)
    {
        string[] lines = SourceText.Lines(text);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length > ColumnsMax)
            {
                yield return new(path, i + 1, $"{lines[i].Length} columns, at most {ColumnsMax}");
            }
        }
    }

    private static IEnumerable<Violation> CheckMethods(string path, string text)
    {
        string blank = SourceText.Blank(text);
        foreach ((int start, int end) in Members(blank))
        {
            int first = SourceText.LineAt(blank, start);
            int lines = SourceText.LineAt(blank, end) - first + 1;
            if (lines > MethodLinesMax)
            {
                yield return new(path, first, $"method of {lines} lines, at most {MethodLinesMax}");
            }
        }
    }

    /// <summary>
    /// First and last position of each method, constructor, operator and accessor.
    /// </summary>
    private static IEnumerable<(int Start, int End)> Members(string blank)
    {
        // One entry per open brace: where its header began and what it opened.
        var open = new Stack<(int Start, Block Kind)>();
        int start = 0;
        int parentheses = 0;
        for (int i = 0; i < blank.Length; i++)
        {
            bool inBody = open.Count > 0 && open.Peek().Kind == Block.Body;
            parentheses += blank[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (blank[i] == '{')
            {
                open.Push((start, inBody ? Block.Body : KindOf(blank[start..i], open)));
                start = i + 1;
            }
            else if (blank[i] == '}' && open.TryPop(out (int Start, Block Kind) closed))
            {
                bool outermost = open.Count == 0 || open.Peek().Kind != Block.Body;
                if (closed.Kind == Block.Body && outermost)
                {
                    yield return (FirstLetter(blank, closed.Start), i);
                }

                start = i + 1;
            }
            else if (blank[i] == ';' && parentheses == 0)
            {
                if (!inBody && KindOf(blank[start..i], open) == Block.Body)
                {
                    yield return (FirstLetter(blank, start), i);
                }

                start = i + 1;
            }
        }
    }

    private static Block KindOf(string header, Stack<(int Start, Block Kind)> open)
    {
        // "where T : struct" and a parameter called record declare no type.
        if (TypeHeader().IsMatch(BeforeParameters().Match(header).Value))
        {
            return Block.Type;
        }

        bool accessor = open.Count > 0 && open.Peek().Kind == Block.Property;
        string declaration = AttributeOrInitializer().Replace(header, "");
        return accessor || declaration.Contains('(') ? Block.Body : Block.Property;
    }

    /// <summary>Past blanks and attributes.</summary>
    private static int FirstLetter(string blank, int start)
    {
        int depth = 0;
        while (start < blank.Length)
        {
            depth += blank[start] == '[' ? 1 : 0;
            if (depth == 0 && !char.IsWhiteSpace(blank[start]))
            {
                break;
            }

            depth -= blank[start] == ']' ? 1 : 0;
            start++;
        }

        return start;
    }

    [GeneratedRegex(@"\b(namespace|class|struct|record|interface|enum)\b")]
    private static partial Regex TypeHeader();

    [GeneratedRegex(@"^\s*(\[[^\]]*\]\s*)*((?!\bwhere\b)[^(])*")]
    private static partial Regex BeforeParameters();

    /// <summary>
    /// Leading attributes, and what follows an equals sign that starts an initializer.
    /// </summary>
    [GeneratedRegex(@"^\s*(\[[^\]]*\]\s*)+|(?<![=!<>])=(?![=>]).*", RegexOptions.Singleline)]
    private static partial Regex AttributeOrInitializer();

    private enum Block
    {
        Type,
        Property,
        Body,
    }
}
