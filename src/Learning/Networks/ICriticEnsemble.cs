using static TorchSharp.torch;

namespace HilRig.Learning.Networks;

/// <summary>
/// Several critics of the same inputs: hidden layers of linear, layer normalisation and ReLU, then
/// one number.
/// </summary>
internal interface ICriticEnsemble
{
    /// <summary>Where each layer lies.</summary>
    NetworkLayout Layout { get; }

    /// <summary>Computes values of some members.</summary>
    /// <param name="flat">The weights, with or without gradient. Shape [parameter].</param>
    /// <param name="input">Features and action side by side. Shape [row, feature + action].</param>
    /// <param name="members">Which critics.</param>
    /// <returns>Shape [member of the choice, row].</returns>
    Tensor Forward(Tensor flat, Tensor input, ReadOnlySpan<int> members);
}
