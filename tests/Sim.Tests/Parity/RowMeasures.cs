namespace HilRig.Sim.Tests.Parity;

/// <summary>
/// G3: contacts and constraint rows of a state against MuJoCo's. Contacts pair up by their geoms
/// and then by nearness; rows by kind and owner, in order. A row's position shows in its aref.
/// </summary>
internal static class RowMeasures
{
    public static void Compare(
        Errors errors, ParityContact[] contacts, ParityRow[] rows, ParityState expected)
    {
        // Contacts in the gap are listed but give no row.
        ParityContact[] acting = [.. expected.Contacts.Where(c => c.Distance < c.Margin)];
        ParityContact[] found = [.. contacts.Where(c => c.Distance < c.Margin)];
        if (!Pairs(found).SequenceEqual(Pairs(acting)))
        {
            errors.Add("other contacts", 1);
            return;
        }

        int[] match = Match(found, acting);
        for (int i = 0; i < acting.Length; i++)
        {
            CompareContact(errors, found[match[i]], acting[i]);
        }

        var expectedRows = Sorted(
            expected.Rows, id => Array.IndexOf(acting, expected.Contacts[id]));
        var actualRows = Sorted(
            rows, id => Array.IndexOf(match, Array.IndexOf(found, contacts[id])));
        if (!Owners(actualRows).SequenceEqual(Owners(expectedRows)))
        {
            errors.Add("other rows", 1);
            return;
        }

        CompareRows(errors, actualRows, expectedRows);
    }

    private static IEnumerable<(ParityRowKind, int)> Owners(ParityRow[] rows) =>
        rows.Select(row => (row.Kind, row.Id));

    private static IEnumerable<(int, int)> Pairs(ParityContact[] contacts) =>
        contacts.Select(contact => (contact.FirstGeom, contact.SecondGeom)).Order();

    // For every expected contact the index of the one found.
    private static int[] Match(ParityContact[] found, ParityContact[] expected)
    {
        var match = new int[expected.Length];
        var free = Enumerable.Range(0, found.Length).ToHashSet();
        for (int i = 0; i < expected.Length; i++)
        {
            ParityContact wanted = expected[i];
            match[i] = free
                .Where(j => found[j].FirstGeom == wanted.FirstGeom
                    && found[j].SecondGeom == wanted.SecondGeom)
                .MinBy(j => Distance.Scaled(found[j].Position, wanted.Position, 1));
            free.Remove(match[i]);
        }

        return match;
    }

    private static void CompareContact(Errors errors, ParityContact actual, ParityContact expected)
    {
        Assert.That(actual.Dimension, Is.EqualTo(expected.Dimension), "condim");
        errors.Add("dist", Math.Abs(actual.Distance - expected.Distance));
        errors.Add("point", Distance.Scaled(actual.Position, expected.Position, 1));
        errors.Add("frame", Distance.Scaled(actual.Frame, expected.Frame, 1));
        errors.Add("margin", Math.Abs(actual.Margin - expected.Margin));
        errors.Add("friction", Distance.Relative(actual.Friction, expected.Friction));
        errors.Add("solref", Distance.Relative(actual.Reference, expected.Reference));
        errors.Add("solimp", Distance.Relative(actual.Impedance, expected.Impedance));
    }

    // Rows by kind and owner, contacts numbered by the given order; equal ones stay in order.
    private static ParityRow[] Sorted(ParityRow[] rows, Func<int, int> contactOf) =>
    [
        .. rows
            .Select(row => row.Kind < ParityRowKind.FrictionlessContact
                ? row
                : row with { Id = contactOf(row.Id) })
            .OrderBy(row => row.Kind)
            .ThenBy(row => row.Id),
    ];

    // q and -q are one orientation, so the rows of a weld's rotation have no sign of their own: J
    // and aref turn together.
    private static ParityRow Aligned(ParityRow row, ParityRow model)
    {
        double product = row.Jacobian.Zip(model.Jacobian, (a, b) => a * b).Sum();
        return row.Kind == ParityRowKind.Equality && product < 0
            ? row with
            {
                Jacobian = [.. row.Jacobian.Select(entry => -entry)],
                Reference = -row.Reference,
            }
            : row;
    }

    private static void CompareRows(Errors errors, ParityRow[] actual, ParityRow[] expected)
    {
        actual = [.. actual.Zip(expected, Aligned)];
        double[] Of(ParityRow[] rows, Func<ParityRow, double> number) => [.. rows.Select(number)];
        void Add(string name, Func<ParityRow, double> number) =>
            errors.Add(name, Distance.Relative(Of(actual, number), Of(expected, number)));
        errors.Add("J", Distance.Relative(
            [.. actual.SelectMany(row => row.Jacobian)],
            [.. expected.SelectMany(row => row.Jacobian)]));
        Add("aref", row => row.Reference);
        errors.Add("D", Distance.Elementwise(
            Of(actual, row => row.Weight), Of(expected, row => row.Weight), 1e-300));
    }
}
