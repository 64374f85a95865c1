namespace HilRig.Harness.Yaml;

/// <summary>Guesses which known name a misspelt one meant.</summary>
internal static class NearestName
{
    /// <summary>The known name with the fewest edits, when they are few; else null.</summary>
    internal static string? Of(string name, IEnumerable<string> known)
    {
        string? best = null;
        int bestEdits = Math.Max(2, name.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int edits = Edits(name, candidate);
            if (edits < bestEdits)
            {
                bestEdits = edits;
                best = candidate;
            }
        }

        return best;
    }

    /// <summary>Levenshtein distance, letter case ignored.</summary>
    private static int Edits(string a, string b)
    {
        var row = new int[b.Length + 1];
        for (int j = 0; j <= b.Length; j++)
        {
            row[j] = j;
        }

        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                bool same = char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]);
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
