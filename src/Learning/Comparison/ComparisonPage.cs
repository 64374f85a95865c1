using System.Net;
using System.Text;

namespace HilRig.Learning.Comparison;

/// <summary>A comparison as one page: plots, then the tables of its Markdown.</summary>
internal static class ComparisonPage
{
    private const string Head = """
        <!DOCTYPE html>
        <html lang="en"><head><meta charset="utf-8"><title>Learning curves</title><style>
        :root{color-scheme:light dark;background:#fff;color:#1c2128}
        @media(prefers-color-scheme:dark){:root{background:#15181d;color:#e8ebef}}
        body{margin:2rem auto;max-width:70rem;padding:0 1rem;font:15px system-ui,sans-serif}
        svg{max-width:100%;height:auto;display:block;margin-bottom:2rem}
        h2{font-size:17px}div{overflow-x:auto}p{max-width:50rem}
        table{border-collapse:collapse;font-size:13px;font-variant-numeric:tabular-nums}
        td{white-space:nowrap}th,td{text-align:left;vertical-align:top;padding:4px 14px 4px 0;
        border-bottom:1px solid #8885}
        </style></head><body>

        """;

    /// <summary>Writes the page.</summary>
    /// <param name="plots">SVG of each plot.</param>
    /// <param name="markdown">Headings, tables and paragraphs.</param>
    public static string Write(IEnumerable<string> plots, string markdown)
    {
        var page = new StringBuilder(Head).AppendJoin("", plots);
        foreach (string block in markdown.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            page.Append(block[0] switch
            {
                '#' => $"<h2>{Encode(block[3..])}</h2>\n",
                '|' => Table(block.Split('\n', StringSplitOptions.RemoveEmptyEntries)),
                _ => $"<p>{Encode(block)}</p>\n",
            });
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static string Table(string[] lines)
    {
        var table = new StringBuilder("<div><table>\n");
        for (int k = 0; k < lines.Length; k++)
        {
            if (k == 1)
            {
                continue;
            }

            string cell = k == 0 ? "th" : "td";
            table.Append("<tr>");
            foreach (string text in lines[k].Trim('|').Split('|'))
            {
                table.Append($"<{cell}>{Encode(text.Trim())}</{cell}>");
            }

            table.Append("</tr>\n");
        }

        return table.Append("</table></div>\n").ToString();
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
