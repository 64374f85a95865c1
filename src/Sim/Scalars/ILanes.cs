namespace HilRig.Sim.Scalars;

/// <summary>A number that holds one element for each of its lanes.</summary>
/// <typeparam name="T">The number itself.</typeparam>
/// <typeparam name="TElement">What one lane holds.</typeparam>
internal interface ILanes<T, TElement> : IReal<T>
    where T : unmanaged, ILanes<T, TElement>
    where TElement : unmanaged
{
    /// <summary>The same element in every lane.</summary>
    static abstract T Splat(TElement element);
}
