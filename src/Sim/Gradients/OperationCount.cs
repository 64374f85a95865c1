namespace HilRig.Sim.Gradients;

/// <summary>How often each kind of operation was done.</summary>
public record struct OperationCount
{
    // A sine with its cosine, an exponential, a logarithm: about this many products and sums.
    private const int FlopsPerFunction = 30;

    /// <summary>Sums and differences.</summary>
    public long Additions { get; set; }

    /// <summary>Products.</summary>
    public long Products { get; set; }

    /// <summary>Fused products and sums.</summary>
    public long Fused { get; set; }

    /// <summary>Quotients.</summary>
    public long Divisions { get; set; }

    /// <summary>Square roots.</summary>
    public long Roots { get; set; }

    /// <summary>Elementary functions; a sine with its cosine is one.</summary>
    public long Functions { get; set; }

    /// <summary>Comparisons, choices, signs, roundings: no arithmetic.</summary>
    public long Choices { get; set; }

    /// <summary>Numbers read from memory.</summary>
    public long Loads { get; set; }

    /// <summary>Numbers written to memory.</summary>
    public long Stores { get; set; }

    /// <summary>
    /// Floating-point operations: a fused one counts 2, an elementary function 30, a choice none.
    /// </summary>
    public readonly long Flops =>
        Additions + Products + (2 * Fused) + Divisions + Roots + (FlopsPerFunction * Functions);

    /// <summary>The sum of two counts.</summary>
    public static OperationCount operator +(OperationCount a, OperationCount b) => new()
    {
        Additions = a.Additions + b.Additions,
        Products = a.Products + b.Products,
        Fused = a.Fused + b.Fused,
        Divisions = a.Divisions + b.Divisions,
        Roots = a.Roots + b.Roots,
        Functions = a.Functions + b.Functions,
        Choices = a.Choices + b.Choices,
        Loads = a.Loads + b.Loads,
        Stores = a.Stores + b.Stores,
    };

    /// <summary>The sum of two counts.</summary>
    /// <param name="a">One count.</param>
    /// <param name="b">The other.</param>
    public static OperationCount Add(OperationCount a, OperationCount b) => a + b;
}
