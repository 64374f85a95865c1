namespace HilRig.Learning.Agents;

/// <summary>Who acts, and whether it explores.</summary>
internal enum ActMode
{
    /// <summary>As the algorithm explores: noise on the actor, the rule on the proposals.</summary>
    Explore,

    /// <summary>
    /// As deployed: no noise, and of two proposals the better by the smallest value of all critics.
    /// </summary>
    Greedy,

    /// <summary>The imitation policy alone, without noise.</summary>
    Imitation,

    /// <summary>The actor alone, without noise.</summary>
    Actor,

    /// <summary>Uniform random numbers.</summary>
    Uniform,
}
