namespace HilRig.Sim.Scalars;

/// <summary>
/// A number made of floats: what <see cref="SingleFunctions{T}"/> needs beside arithmetic. One
/// float, lanes of floats and a device's float share those functions and so their accuracy.
/// </summary>
/// <typeparam name="T">The number itself.</typeparam>
internal interface ISingle<T> : IReal<T>
    where T : unmanaged, ISingle<T>
{
    /// <summary>Nearest whole number, for |x| below 2²².</summary>
    static abstract T Round(T x);

    /// <summary>
    /// Turns the point (cos, sin) by a whole number of quarter turns below 2²² in size.
    /// </summary>
    static abstract void TurnQuarters(T quarters, ref T sin, ref T cos);

    /// <summary>x 2ⁿ, for a whole n in [-126, 127].</summary>
    static abstract T ScaleByPowerOfTwo(T x, T n);

    /// <summary>x = m 2ⁿ with m in [√½, √2), for a normal x above 0.</summary>
    static abstract void SplitExponent(T x, out T m, out T n);
}
